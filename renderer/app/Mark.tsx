/** The program's mark: a key's bow with its bit, drawn on a 16 px grid. */
export function Mark() {
  return (
    <svg aria-hidden width="16" height="16" viewBox="0 0 16 16" className="shrink-0 text-accent">
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M8 0a5 5 0 0 1 1.5 9.77V11H12v2H9.5v3h-3V9.77A5 5 0 0 1 8 0Zm0 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z"
      />
    </svg>
  );
}
