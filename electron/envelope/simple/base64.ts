/**
 * The bytes of canonical base64 (RFC 4648 section 3.5: padded, no other characters, unused bits zero),
 * or undefined: lenient readers take many texts for one value, and a changed character would pass.
 */
export function fromCanonicalBase64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0) return undefined;
  const bytes = Buffer.from(text, 'base64');
  // In slices, so that the text is not held a second time as a whole.
  for (let at = 0, byte = 0; at < text.length; at += sliceCharacters, byte += sliceBytes) {
    const again = bytes.toString('base64', byte, byte + sliceBytes);
    if (again !== text.slice(at, at + sliceCharacters)) return undefined;
  }
  return bytes;
}

const sliceBytes = 3 * 256 * 1024;
const sliceCharacters = (sliceBytes / 3) * 4;
