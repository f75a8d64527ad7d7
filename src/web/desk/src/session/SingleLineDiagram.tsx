/** Decoration: a 10 kV single-line diagram from busbar to meter, drawn as on a supply plan. */
export function SingleLineDiagram() {
  return (
    <svg className="single-line" viewBox="0 0 480 260" fill="none" aria-hidden="true">
      <g stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
        <path d="M10 30h460" strokeWidth="3" />
        {[80, 240, 400].map((x) => (
          <g key={x}>
            <path d={`M${x} 30v28M${x} 84v22${x === 240 ? "" : `M${x} 58l12 22`}`} />
            <path d={`M${x - 4} 58h8M${x - 8} 106h16v18h-16z`} />
            <path d={`M${x} 124v18`} />
            <circle cx={x} cy="156" r="14" />
            <circle cx={x} cy="174" r="14" />
            <path d={`M${x} 188v40`} />
          </g>
        ))}
        <path d="M54 228h52M214 228h52M374 228h52" strokeWidth="3" />
        <path d="M80 228v24M240 228v24M400 228v24" />
        <path d="M76 246l4 8 4-8M236 246l4 8 4-8M396 246l4 8 4-8" />
      </g>
      <path className="closed" d="M240 58v26" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}
