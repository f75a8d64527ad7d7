/** The product's mark: a busbar with a transformer and an open switch. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" fill="none" aria-hidden="true" strokeLinecap="round" strokeWidth="2">
      <path stroke="currentColor" d="M5 8h22M10 8v4m0 0a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Zm0 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM22 8v4m0 4v9" />
      <path stroke="#e0a030" d="m22 16 3.5-4.5" />
    </svg>
  );
}
