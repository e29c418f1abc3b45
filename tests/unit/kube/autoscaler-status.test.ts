import { loadYaml } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import { parseAutoscalerStatus, readMoment } from '@/lib/kube/autoscaler-status'

const parse = (text: string) => parseAutoscalerStatus(text, loadYaml)
const writtenAtMs = Date.parse('2026-11-29T08:19:44.090Z')

test('the YAML of 1.30 and later is read, whatever else is in it', () => {
  const text = `
time: 2026-11-29 08:19:44.090873082 +0000 UTC
autoscalerStatus: Running
clusterWide:
  health:
    status: Healthy
    lastProbeTime: "2026-11-29T08:19:43.088071148Z"
  scaleUp:
    status: NoActivity
nodeGroups:
- name: aks-npweb-25398592-vmss
  health:
    status: Healthy
    nodeCounts:
      registered:
        total: 5
    cloudProviderTarget: 5
    minSize: 1
    maxSize: 9
- name: aks-npdata-25398592-vmss
  health:
    status: Unhealthy
- name: aks-npnew-25398592-vmss
`
  expect(parse(text)).toEqual({
    writtenAtMs,
    groups: [
      { name: 'aks-npweb-25398592-vmss', minSize: 1, maxSize: 9 },
      { name: 'aks-npdata-25398592-vmss', minSize: null, maxSize: null },
      { name: 'aks-npnew-25398592-vmss', minSize: null, maxSize: null },
    ],
  })
  expect(parse('clusterWide:\n  health:\n    lastProbeTime: 2026-11-29T08:19:44.090Z\n')).toEqual({ writtenAtMs, groups: [] })
})

test('the text of before is read', () => {
  const text = `Cluster-autoscaler status at 2026-11-29 08:19:44.090873082 +0000 UTC:
Cluster-wide:
  Health:      Healthy (ready=5 unready=0 notStarted=0 longNotStarted=0 registered=5 longUnregistered=0)
               LastProbeTime:      2026-11-29 08:19:43.27867919 +0000 UTC m=+499650.735961122
  ScaleUp:     NoActivity (ready=5 registered=5)

NodeGroups:
  Name:        aks-npweb-25398592-vmss
  Health:      Healthy (ready=3 unready=0 (resourceUnready=0) registered=3 longUnregistered=0 cloudProviderTarget=3 (minSize=1, maxSize=9))
               LastProbeTime:      2026-11-29 08:19:43.27867919 +0000 UTC m=+499650.735961122
  ScaleUp:     NoActivity (ready=3 cloudProviderTarget=3)

  Name:        aks-npdata-25398592-vmss
  Health:      Unhealthy
`
  expect(parse(text)).toEqual({ writtenAtMs, groups: [{ name: 'aks-npweb-25398592-vmss', minSize: 1, maxSize: 9 }, { name: 'aks-npdata-25398592-vmss', minSize: null, maxSize: null }] })
  expect(parse('Cluster-autoscaler status at 2026-11-29 08:19:44.09 +0000 UTC:\nInitializing\n')).toEqual({ writtenAtMs, groups: [] })
})

test.each(['', 'nothing', '- a\n- b', 'nodeGroups: 3', 'nodeGroups:\n- health: {}', 'a: [', '[1]'])('%j is no status', (text) => {
  expect(parse(text)).toBeNull()
})

test('moments are read as Go and as RFC 3339 write them', () => {
  for (const text of ['2026-11-29 08:19:44.09 +0000 UTC', '2026-11-29T08:19:44.090Z', '2026-11-29 10:19:44.090123456 +0200 CEST m=+54.67', '2026-11-29T10:19:44.09+02:00', new Date(writtenAtMs)]) expect(readMoment(text), String(text)).toBe(writtenAtMs)
  for (const other of ['soon', '2026-11-29', '', null, 3, '2026-13-41 99:00:00 +0000 UTC']) expect(readMoment(other)).toBeNull()
})
