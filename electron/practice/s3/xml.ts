/** An XML element: its name and text, or its members, or nothing; and its attributes, as they are written. */
export type Xml = readonly [
  name: string,
  content: string | number | boolean | readonly Xml[],
  attributes?: string,
];

/** Writes a document as S3 does: one line after the declaration. */
export function writeXml(root: Xml, namespace?: string): string {
  const [name, content] = root;
  const attributes = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  const inner = writeContent(content);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attributes}>${inner}</${name}>`;
}

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

function writeContent(content: Xml[1]): string {
  if (typeof content !== 'object') return escapeXml(String(content));
  return content
    .map(([name, inner, attributes]) => {
      const open = attributes === undefined ? name : `${name} ${attributes}`;
      return `<${open}>${writeContent(inner)}</${name}>`;
    })
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
};

function escapeXml(text: string): string {
  return text.replace(/[<>&"]|[^\t\n\x20-\u{10ffff}]/gu, (character) => {
    return entities[character] ?? `&#${character.codePointAt(0)};`;
  });
}
