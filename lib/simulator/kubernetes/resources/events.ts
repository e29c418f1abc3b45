import { shown, type Resource } from '../resource'

const objectFields = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((field) => `involvedObject.${field}`)

/** Asked for by `kubectl describe`. There are none: what happens is told by the Spot API's log. */
export const events: Resource = {
  group: '',
  versions: ['v1'],
  plural: 'events',
  singular: 'event',
  kind: 'Event',
  shortNames: ['ev'],
  isNamespaced: true,
  fieldNames: [...objectFields, 'reason', 'reportingComponent', 'source', 'type'],
  columns: ['Last Seen', 'Type', 'Reason', 'Object', 'Message'].map((name) => shown(name, () => '')),
  entries: () => [],
}
