/** Lets a moment pass that differs from turn to turn and not from pass to pass: when a process is killed, and nothing that a test waits for. */
export const crashMoment = (turn: number, withinMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ((turn + 1) * 619) % withinMs))
