import { z } from 'zod';

/** Whom key policies and grants may let in: an account outside the scope, or an organisation. */
export const trustedSchema = z.object({
  /** `444455556666`, `o-example1234`. Source: Organizations API, Account and Organization, Id. */
  id: z
    .string()
    .regex(
      /^(\d{12}|o-[a-z0-9]{10,32})$/,
      'An account has 12 digits, an organisation is like o-example1234.',
    ),
  /** Who says so, and why: an auditor asks. */
  why: z.string().trim().min(1).max(500),
  /** The operator who declared it, and when, ISO 8601 UTC. */
  by: z.string(),
  since: z.string(),
});
export type Trusted = z.infer<typeof trustedSchema>;

/** Organisations and accounts that can be declared. */
export const maxTrusted = 1000;

/** An id as typed or pasted, as AWS writes it: the console shows `4444-5555-6666`. */
export function trustedIdOf(text: string): string {
  const id = text.trim().toLowerCase();
  return /^\d{4}[- ]\d{4}[- ]\d{4}$/.test(id) ? id.replaceAll(/[- ]/g, '') : id;
}

/** What is wrong with an id, as a sentence; undefined where it can be declared. */
export function trustedProblem(
  id: string,
  trusted: readonly Pick<Trusted, 'id'>[],
): string | undefined {
  if (!trustedSchema.shape.id.safeParse(id).success) {
    if (/^\d+$/.test(id)) return `An account id has 12 digits; this has ${id.length}.`;
    if (id.startsWith('o-')) {
      return 'After o- an organisation id has 10 to 32 lower-case letters and digits.';
    }
    return 'Give the 12 digits of an account, or an organisation like o-example1234.';
  }
  return trusted.some((one) => one.id === id) ? `${id} is trusted already.` : undefined;
}
