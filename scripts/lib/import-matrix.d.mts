export type Room = { room: string; may: string[]; types?: string[] }
export const rooms: Room[]
export const roomOf: (file: string) => Room | null
export const breach: (from: string, to: string, isTypeOnly: boolean) => string | null
