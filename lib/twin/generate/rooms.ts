import type { Resources, TwinNode, Workload } from '../types'

/** A node while pods are being laid out over it. */
export type Room = { node: TwinNode; free: Resources; pods: number }

const podsMax = 60

/** A fifth of the cpu stays free, as in clusters that people run. */
export const roomOf = (node: TwinNode): Room => ({
  node,
  free: { ...node.allocatable, milliCpu: node.allocatable.milliCpu * 0.8, memoryMiB: node.allocatable.memoryMiB * 0.9 },
  pods: 0,
})

/** Takes the first room with space, counted from `start`; null when none has any. */
export const takeRoom = (rooms: Room[], start: number, { requests: need, toleratesSpot }: Workload): Room | null => {
  for (let step = 0; step < rooms.length; step += 1) {
    const room = rooms[(start + step) % rooms.length] as Room
    const { free } = room
    if (room.node.lifecycle === 'Spot' && !toleratesSpot) continue
    if (free.milliCpu < need.milliCpu || free.memoryMiB < need.memoryMiB || free.gpu < need.gpu || room.pods >= podsMax) continue
    free.milliCpu -= need.milliCpu
    free.memoryMiB -= need.memoryMiB
    free.gpu -= need.gpu
    room.pods += 1
    return room
  }
  return null
}
