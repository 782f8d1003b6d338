/** An answer's members as the Query protocol's XML has them; undefined members are left out. */
export type XmlValue =
  string | number | boolean | undefined | { readonly [name: string]: XmlValue };

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function writeAnswer(
  action: string,
  result: { readonly [name: string]: XmlValue },
  requestId: string,
): string {
  return [
    `<${action}Response xmlns="${namespace}">`,
    ...element(`${action}Result`, result, '  '),
    ...element('ResponseMetadata', { RequestId: requestId }, '  '),
    `</${action}Response>`,
    '',
  ].join('\n');
}

/** An error as the Query protocol writes it. */
export function writeError(
  error: { code: string; message: string; sender: boolean },
  requestId: string,
  xmlns = namespace,
): string {
  const { code, message, sender } = error;
  return [
    `<ErrorResponse xmlns="${xmlns}">`,
    ...element(
      'Error',
      { Type: sender ? 'Sender' : 'Receiver', Code: code, Message: message },
      '  ',
    ),
    ...element('RequestId', requestId, '  '),
    '</ErrorResponse>',
    '',
  ].join('\n');
}

function element(name: string, value: XmlValue, indent: string): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') {
    return [`${indent}<${name}>${escapeXml(String(value))}</${name}>`];
  }
  const inner = Object.entries(value).flatMap(([key, one]) => element(key, one, `${indent}  `));
  return [`${indent}<${name}>`, ...inner, `${indent}</${name}>`];
}

function escapeXml(value: string): string {
  return value.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
