import type { Page } from '@playwright/test';
import axe from 'axe-core';

/**
 * What axe finds wrong with a page (WCAG 2.2 AA and best practices), one line an element; empty is good:
 * `expect(await axeViolations(page)).toEqual([])`.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  // Through the debugger, which the page's CSP does not concern.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(() => {
    const injected = (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe;
    return injected.run().then((results) => results.violations);
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  );
}

interface AxeResults {
  violations: {
    id: string;
    help: string;
    nodes: { html: string; failureSummary?: string }[];
  }[];
}
