/** What is wrong with a percentage as typed, or undefined. */
export function percentProblem(text: string): string | undefined {
  const value = Number(text);
  const fits = /^\d+$/.test(text.trim()) && value >= 1 && value <= 100;
  return fits ? undefined : 'A whole number from 1 to 100.';
}

/** What is wrong with a tag's name as typed, or undefined. AWS allows 1 to 128 characters. */
export function tagProblem(text: string): string | undefined {
  const { length } = text.trim();
  return length >= 1 && length <= 128 ? undefined : 'A tag name has 1 to 128 characters.';
}
