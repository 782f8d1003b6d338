/** One section of a config file: its header's words and its settings. */
export interface IniSection {
  /** `default`, `profile`, `sso-session`, `services`, or in the credentials file the profile's name. */
  readonly header: string;
  readonly line: number;
  /** Names in lower case; a nested setting is `parent.child`. */
  readonly settings: ReadonlyMap<string, string>;
}

export interface IniFile {
  readonly sections: readonly IniSection[];
  /** What could not be read, with its line; everything else counts. */
  readonly problems: readonly { readonly line: number; readonly text: string }[];
}

/**
 * Reads the text of an AWS config or credentials file as the AWS CLI does: `=` or `:` between name
 * and value, comments behind `#` or `;` at the start or after a blank, an indented line below an
 * empty value is a nested setting. Unlike the SDK's reader it says what it could not read, and where.
 * Source: AWS SDKs and Tools reference guide, "Format of the config file".
 */
export function parseIni(text: string): IniFile {
  const sections: IniSection[] = [];
  const problems: { line: number; text: string }[] = [];
  let settings: Map<string, string> | undefined;
  let parent: { name: string; indent: number; empty: boolean } | undefined;

  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const content = withoutComment(raw).trim();
    if (content === '') continue;
    const indent = raw.length - raw.trimStart().length;
    if (content.startsWith('[')) {
      parent = undefined;
      settings = undefined;
      const header = /^\[\s*(.*?)\s*\]$/.exec(content)?.[1];
      if (header === undefined || header === '') {
        problems.push({ line, text: 'this section header is not closed or is empty' });
        continue;
      }
      settings = new Map();
      sections.push({ header, line, settings });
      continue;
    }
    const setting = splitSetting(content);
    if (!setting) {
      problems.push({ line, text: 'this is neither a section nor "name = value"' });
    } else if (!settings) {
      problems.push({ line, text: 'this setting belongs to no section' });
    } else if (parent && indent > parent.indent && parent.empty) {
      settings.set(`${parent.name}.${setting.name}`, setting.value);
    } else if (parent && indent > parent.indent) {
      problems.push({ line, text: `indented, this would continue the value of ${parent.name}` });
    } else {
      parent = { name: setting.name, indent, empty: setting.value === '' };
      if (setting.value !== '') settings.set(setting.name, setting.value);
    }
  }
  return { sections, problems };
}

function withoutComment(line: string): string {
  const start = /(^|\s)[#;]/.exec(line);
  return start ? line.slice(0, start.index) : line;
}

function splitSetting(content: string): { name: string; value: string } | undefined {
  const at = content.search(/[=:]/);
  if (at < 1) return undefined;
  return { name: content.slice(0, at).trim().toLowerCase(), value: content.slice(at + 1).trim() };
}
