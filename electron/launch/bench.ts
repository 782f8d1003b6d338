/** placeholder, replaced below */
export async function main(): Promise<number> {
  return 0;
}
