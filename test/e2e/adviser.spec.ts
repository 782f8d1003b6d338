import { axeViolations } from './support/axe';
import { expect, test } from './support/app';

test('a scenario by keyboard: its advice, numbers that are checked, and on to a check', async ({
  launch,
}) => {
  const { page } = await launch({ at: '/readiness/pitfalls' });
  const views = page.getByRole('radiogroup', { name: 'View' });
  await views.getByRole('radio', { name: 'Adviser' }).click();
  await expect(page).toHaveURL(/#\/readiness\/adviser$/);
  const scenarios = page.getByRole('navigation', { name: 'Scenarios' });
  await expect(scenarios.getByRole('link')).toHaveCount(7);
  const advice = page.getByRole('region', { name: 'High-volume object storage' });
  await expect(advice.getByRole('heading', { name: 'Envelope encryption + KMS' })).toBeVisible();
  // Nothing was read yet: it is not told what the account has, and no check passes.
  await expect(advice.getByText('It was not read yet: run the checks.').first()).toBeVisible();
  await expect(advice.getByText('Pass', { exact: true })).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);

  const cost = advice.getByRole('table', { name: 'Estimate' });
  await expect(cost).toContainText('$3,942');
  const rate = advice.getByLabel('Objects written or read a second');
  await rate.fill('1,000');
  await expect(advice.getByText(/A number from 0 to 10,000,000/)).toBeVisible();
  await expect(cost).toHaveCount(0);
  await rate.fill('1000');
  await expect(cost).toContainText('$7,884');

  await scenarios.getByRole('link').first().focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/#\/readiness\/adviser\/microservices$/);
  const services = page.getByRole('region', { name: 'Internal microservices' });
  await expect(services).toContainText('KMS takes no part in a TLS handshake');
  await expect(services.getByRole('table', { name: 'Estimate' })).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);

  await services.getByRole('button', { name: /Does every endpoint offer TLS 1.3/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/readiness\?check=tls-1-3$/);
});

test('answers lead to advice, say where they do not go together, and are there the next time', async ({
  launch,
}) => {
  const first = await launch({ at: '/readiness/adviser/other?where=moving&speed=fast' });
  const questions = first.page.getByRole('region', { name: 'Questions' });
  await expect(questions).toContainText('3 questions are open.');
  await expect(first.page.getByText('Five answers lead to the advice')).toBeVisible();
  expect(await axeViolations(first.page)).toEqual([]);
  const answers = [
    ['Who must read it?', 'Programs of this account'],
    ['What of it is sensitive?', 'All of it'],
    ['What must it survive?', 'The loss of a Region'],
  ] as const;
  for (const [question, answer] of answers) {
    await questions.getByRole('combobox', { name: question }).focus();
    await first.page.keyboard.press('Enter');
    await first.page.getByRole('option', { name: answer }).click();
  }
  await expect(first.page.getByRole('heading', { name: 'mTLS via service mesh' })).toBeVisible();
  await expect(first.page.getByText('These answers do not go together.')).toBeVisible();
  await questions.getByRole('checkbox', { name: 'PCI DSS 4.0.1' }).click();
  await expect(first.page).toHaveURL(/survive=region&regulation=pci$/);
  const page = first.page.getByRole('region', { name: 'Internal microservices' });
  await expect(page.getByText('4.2.1', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('HIPAA Security Rule, 45 CFR 164')).toHaveCount(1); // the checkbox alone
  expect(await axeViolations(first.page)).toEqual([]);
  await first.close();

  const again = await launch({ dataDir: first.dataDir, at: '/readiness/adviser/other' });
  await expect(again.page.getByRole('heading', { name: 'mTLS via service mesh' })).toBeVisible();
  await again.page.getByRole('button', { name: 'Begin again' }).click();
  await expect(again.page.getByText('Five answers lead to the advice')).toBeVisible();
});
