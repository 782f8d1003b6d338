import { axeViolations } from './support/axe';
import { expect, test } from './support/app';

test('canaries are kept on schedule of a chosen key', async ({ launch }) => {
  const { page } = await launch({ at: '/envelopes?view=canaries' });
  const kept = page.getByRole('region', { name: 'Kept on schedule' });
  await kept.getByRole('button', { name: 'Keep canaries on schedule' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: 'prod/ledger' })).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'prod/ledger' }).click();
  // The practice account's keys need no agreement.
  await expect(dialog.getByRole('checkbox', { name: 'I agree to these calls' })).toBeHidden();
  await dialog.getByLabel(/every so many days/).fill('400');
  await expect(dialog.getByText('A number of days from 1 to 366.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await dialog.getByLabel(/every so many days/).fill('30');
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();

  const keys = kept.getByRole('list', { name: 'Keys on schedule' });
  await expect(keys).toContainText('prod/ledger');
  // By itself: half a minute after the start the schedule is looked at.
  await expect(keys).toContainText('Covered', { timeout: 120_000 });
  await expect(page.getByRole('list', { name: 'Canaries' })).toContainText('On schedule');
  expect(await axeViolations(page)).toEqual([]);
  await kept.getByRole('button', { name: 'Look now' }).click();
  await expect(kept).toContainText('Looked at');
});
