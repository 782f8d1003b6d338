import type { AppError } from '../../../shared/model/errors';

/** Why something could not be read, with the permission that is missing where it was denied. */
export function whyNot({ message, detail }: AppError): { why: string; permission?: string } {
  return { why: message, ...permissionOf(detail) };
}

export function permissionOf({ permission }: AppError['detail']): { permission?: string } {
  return typeof permission === 'string' ? { permission } : {};
}
