import { derChildren, DerError, readDer, type Der } from './der';
import { readName, visible } from './distinguishedName';
import { ipText } from './ipAddress';

/** One GeneralName (RFC 5280, 4.2.1.6). */
export interface GeneralName {
  readonly kind: 'dns' | 'ip' | 'email' | 'uri' | 'directory' | 'other';
  /** A name, an address, a URL, a distinguished name's key; for other kinds the tag. */
  readonly text: string;
  readonly bytes: Buffer;
}

export function readGeneralNames(sequence: Der): GeneralName[] {
  return derChildren(sequence).map(readGeneralName);
}

export function readGeneralName(element: Der): GeneralName {
  const bytes = element.content;
  switch (element.tag) {
    case 0x81:
      return { kind: 'email', text: ascii(bytes), bytes };
    case 0x82:
      return { kind: 'dns', text: ascii(bytes), bytes };
    case 0xa4:
      return { kind: 'directory', text: readName(readDer(bytes)).key, bytes };
    case 0x86:
      return { kind: 'uri', text: ascii(bytes), bytes };
    case 0x87:
      return { kind: 'ip', text: ipText(bytes), bytes };
    default:
      if ((element.tag & 0xc0) !== 0x80) throw new DerError('no GeneralName');
      return { kind: 'other', text: `tag ${element.tag & 0x1f}`, bytes };
  }
}

/** The URLs among the names. */
export function urlsOf(names: readonly GeneralName[]): string[] {
  return names.filter(({ kind }) => kind === 'uri').map(({ text }) => text);
}

function ascii(bytes: Buffer): string {
  return visible(bytes.toString('latin1'));
}
