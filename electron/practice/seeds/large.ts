import type { Seeding } from './index';
export async function seedLarge(_s: Seeding): Promise<void> {}
