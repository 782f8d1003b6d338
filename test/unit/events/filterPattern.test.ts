import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesPattern } from '../../../shared/model/events/trail/filterPattern';

const event = {
  eventSource: 'kms.amazonaws.com',
  eventName: 'DisableKey',
  readOnly: false,
  errorCode: null,
};

it.each<[string, boolean | undefined]>([
  ['', true],
  ['{ $.eventName = DisableKey }', true],
  ['{ $.eventName = "DisableKey" }', true],
  ['{$.eventName="Disable*"}', true],
  ['{ $.eventName = "*Key*Key" }', false],
  ['{ $.eventName = disablekey }', false],
  ['{ $.eventSource = kms* && $.eventName != PutKeyPolicy }', true],
  [
    '{($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion))}',
    true,
  ],
  // && binds closer than ||.
  ['{ $.eventName = DisableKey || $.eventName = X && $.eventSource = Y }', true],
  ['{ ($.eventName = DisableKey || $.eventName = X) && $.eventSource = Y }', false],
  ['{ $.errorCode = "*" }', false],
  ['{ $.errorCode NOT EXISTS }', true],
  ['{ $.errorCode EXISTS }', false],
  ['{ $.errorCode != "AccessDenied" }', undefined],
  ['{ $.readOnly IS FALSE }', true],
  ['{ $.readOnly IS TRUE }', false],
  ['{ $.userIdentity.type = Root }', undefined],
  ['{ $.userIdentity.type = Root && $.eventName = Other }', false],
  ['{ $.userIdentity.type = Root || $.eventName = DisableKey }', true],
  ['{ $.eventName = %Disable.*% }', undefined],
  ['{ $.count > 3 }', undefined],
  ['{ $.eventName = DisableKey', undefined],
  ['{ ($.eventName = DisableKey }', undefined],
  ['{ $.eventName }', undefined],
  ['{ }', undefined],
  ['[a, b, c]', undefined],
  ['?kms DisableKey', undefined],
])('reads %s', (pattern, expected) => {
  expect(matchesPattern(pattern, event)).toBe(expected);
});

it('says that it does not know rather than fall over, whatever the pattern is', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '&&',
    '||',
    '=',
    '"',
    '%',
    '$.eventName',
    'a',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join('')),
      ),
      (pattern) => {
        expect([true, false, undefined]).toContain(matchesPattern(`{${pattern}}`, event));
      },
    ),
  );
});
