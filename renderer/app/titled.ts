/** Runs `work` with another title of the page, which a PDF that is printed meanwhile has as its own. */
export async function titled<T>(title: string, work: () => Promise<T>): Promise<T> {
  const shown = document.title;
  document.title = title;
  try {
    return await work();
  } finally {
    document.title = shown;
  }
}
