import { screenshot } from './support/images';
import { expect, test } from './support/app';

test('the first start opens the window on the practice account', async ({ app }) => {
  await expect(app.page).toHaveTitle(/Claviger/);
  await expect(app.page.getByText('Practice account').first()).toBeVisible();
  await screenshot(app.page, 'first-start');
});
