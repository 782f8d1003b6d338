import { ssl2KindNames } from './ssl2Kinds';
import { suiteAttributes, type SuiteInfo } from './suiteAttributes';
import registered from './suites.json';
import unregistered from './unregistered.json';

/** Every cipher suite of SSLv3 to TLS 1.3: IANA's, and those that were deployed without IANA. */
export const suites: readonly SuiteInfo[] = [...registered.suites, ...unregistered.suites].map(
  ([id = '', name = '', recommended = '']) => suiteAttributes(Number(id), name, recommended),
);

/** The kinds of SSLv2, whose code points have three bytes. */
export const ssl2Kinds: readonly SuiteInfo[] = ssl2KindNames.map(([id, name]) =>
  suiteAttributes(id, name, 'D'),
);

const byId = new Map([...suites, ...ssl2Kinds].map((suite) => [suite.id, suite]));

/** What is known of a suite, by code point or by id (`0xC02F`; SSLv2 kinds: `0x010080`). */
export function suiteInfo(id: number | string): SuiteInfo | undefined {
  return byId.get(Number(id));
}

/** The standard name; `unknown` and the code point where there is none. */
export function suiteName(code: number): string {
  return byId.get(code)?.name ?? `unknown_${suiteId(code)}`;
}

/** `0xC02F`; six digits for SSLv2 kinds, none of which is below 0x010000. */
export function suiteId(code: number): string {
  return `0x${code
    .toString(16)
    .toUpperCase()
    .padStart(code > 0xffff ? 6 : 4, '0')}`;
}
