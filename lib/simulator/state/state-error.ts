/** A state file that cannot be gone on with, in one sentence. */
export class StateError extends Error {}
