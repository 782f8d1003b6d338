import { axeViolations } from './support/axe';
import { expect, test } from './support/app';

test('readiness has its views; going to it opens the checklist, with the filters it had', async ({
  launch,
}) => {
  const { page } = await launch({ at: '/readiness?verdict=fail' });
  const views = page.getByRole('radiogroup', { name: 'View' });
  await expect(views.getByRole('radio', { name: 'Checklist' })).toBeChecked();
  await views.getByRole('radio', { name: 'Pitfalls' }).click();
  await expect(page).toHaveURL(/#\/readiness\/pitfalls$/);
  await expect(views.getByRole('radio', { name: 'Pitfalls' })).toBeChecked();
  const list = page.getByRole('navigation', { name: 'Pitfalls' });
  await expect(list.getByRole('link')).toHaveCount(7);
  // Nothing was judged yet, so nothing can be told: never a pass.
  await expect(list.getByText('Cannot tell', { exact: true })).toHaveCount(7);
  expect(await axeViolations(page)).toEqual([]);

  await list.getByRole('link').first().focus();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/#\/readiness\/pitfalls\/metadata$/);
  await expect(page.getByRole('region', { name: 'Leaking metadata' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page).toHaveURL(/#\/readiness\?verdict=fail$/);
});
