import type { Seeding } from './index';
export async function seedCompany(_s: Seeding): Promise<void> {}
