import type { AppError } from '../../shared/model/errors';
import type { DigestRefusal } from '../../shared/model/readiness/digestProof';
import { permissionOf } from './digest/whyNot';

/** A validation that came to nothing, as it is kept. */
export function refusalOf(
  { code, message, detail }: AppError,
  { connection, where, at }: { connection: string; where: string; at: Date },
): DigestRefusal {
  return { connection, where, asOf: at.toISOString(), code, message, ...permissionOf(detail) };
}
