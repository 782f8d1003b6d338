import { axeViolations } from './support/axe';
import { expect, test } from './support/app';

test('an account is declared trusted from the check that it fails, and removed again, by keyboard', async ({
  launch,
}) => {
  const { page } = await launch({ at: null });
  await page.getByRole('button', { name: 'Run the checks' }).first().click();
  await expect(page.getByRole('region', { name: 'Overview' })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
  const row = page.getByRole('button', {
    name: /Does every key policy let in trusted accounts only/,
  });
  await row.last().click();
  const drawer = page.getByRole('complementary', { name: 'Check' });
  await drawer.getByRole('button', { name: /alias\/prod\/analytics-share/ }).click();
  await expect(drawer).toContainText('declare them trusted in the settings');
  const link = drawer.getByRole('button', { name: 'Trusted accounts in the settings' });
  await link.focus();
  await page.keyboard.press('Enter');

  const id = page.getByRole('textbox', { name: 'Account or organisation' });
  await expect(id).toBeFocused();
  await page.keyboard.type('44445555');
  await page.keyboard.press('Enter');
  await expect(page.getByText('An account id has 12 digits; this has 8.')).toBeVisible();
  await expect(page.getByText('Say who vouches for it, and why.')).toBeVisible();
  expect(await axeViolations(page), 'with errors').toEqual([]);
  await expect(id).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('4444-5555-6666');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The analytics company; says the CISO');
  await page.keyboard.press('Enter');
  const remove = page.getByRole('button', { name: 'Remove 444455556666' });
  await expect(remove).toBeVisible();
  await expect(id).toBeFocused();
  await expect(id).toHaveValue('');
  expect(await axeViolations(page), 'with an account').toEqual([]);

  await page.goBack();
  await expect(drawer).toContainText('No account is let in that is not known.');
  await page.goForward();
  await remove.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nobody outside is trusted.')).toBeVisible();
  await page.getByRole('link', { name: 'Journal' }).click();
  await expect(page.getByText('readiness.trust', { exact: true })).toBeVisible();
  await expect(page.getByText('readiness.stopTrusting', { exact: true })).toBeVisible();
});
