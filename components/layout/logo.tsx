/** A hull on the slip, over two waves. */
export const Logo = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 16 16" aria-hidden className={className}>
    <rect width="16" height="16" rx="3" fill="var(--accent)" />
    <path
      d="M2.5 5l6 2 5-1.4M2.5 9.2c1.8 0 1.8 1.2 3.6 1.2s1.8-1.2 3.6-1.2 1.9 1.2 3.8 1.2M2.5 12.4c1.8 0 1.8 1 3.6 1s1.8-1 3.6-1 1.9 1 3.8 1"
      fill="none"
      stroke="var(--accent-ink)"
      strokeWidth="1.3"
      strokeLinecap="round"
    />
  </svg>
)
