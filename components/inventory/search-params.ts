import { parseAsArrayOf, parseAsString } from 'nuqs'

/** Left out until they are asked for: what few people read at a glance. */
const hiddenAtFirst = ['id', 'ip', 'image', 'os', 'arch', 'commitment', 'registration', 'gpu', 'headroomCpu', 'headroomMemory', 'headroomGpu', 'labels', 'taints']

/** Everything about the inventory that belongs to its address. */
export const inventoryParams = {
  search: parseAsString.withDefault(''),
  hidden: parseAsArrayOf(parseAsString).withDefault(hiddenAtFirst),
  /** The node whose details are open. */
  node: parseAsString,
}
