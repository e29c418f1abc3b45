import { shellQuoted } from '@/lib/format/quoting'
import { knownLimits, type PoolLimits, type RollbackFacts } from './rollback'

type Aks = Pick<RollbackFacts, 'resourceGroup' | 'aksName'>

/** The cluster's place in Azure; where Spot does not say it, a variable of the shell stands for it. */
const place = ({ resourceGroup, aksName }: Aks): string =>
  `--resource-group ${resourceGroup === null ? '"$RESOURCE_GROUP"' : shellQuoted(resourceGroup)} --cluster-name ${aksName === null ? '"$AKS_NAME"' : shellQuoted(aksName)}`

const fields = `'{name:name,count:count,enableAutoScaling:enableAutoScaling,minCount:minCount,maxCount:maxCount}'`

/** Reads the limits of each pool (Azure CLI, az aks nodepool show). */
export const readCommands = (aks: Aks, poolNames: readonly string[]): string[] =>
  poolNames.map((name) => `az aks nodepool show ${place(aks)} --name ${shellQuoted(name)} --query ${fields} --output json`)

const restoreOf = (aks: Aks, { name, count, enableAutoScaling, minCount, maxCount }: PoolLimits): string | null => {
  const at = `${place(aks)} --name ${shellQuoted(name)}`
  if (enableAutoScaling === true && minCount != null && maxCount != null)
    return `az aks nodepool update ${at} --enable-cluster-autoscaler --min-count ${minCount} --max-count ${maxCount}`
  return count == null ? null : `az aks nodepool scale ${at} --node-count ${count}`
}

/** Puts each pool back as it was (Azure CLI, az aks nodepool update and scale). A pool of which too little was pasted is left out. */
export const restoreCommands = (aks: Aks, limits: readonly PoolLimits[]): string[] => limits.flatMap((pool) => restoreOf(aks, pool) ?? [])

/** Pools whose size before is known by count only: the autoscaler's limits are not known. */
export const scaleCommands = (facts: RollbackFacts): string[] => {
  const known = new Set(knownLimits(facts).map(({ name }) => name))
  return (facts.pools ?? []).flatMap(({ poolName, nodes }) => (known.has(poolName) ? [] : [`az aks nodepool scale ${place(facts)} --name ${shellQuoted(poolName)} --node-count ${nodes}`]))
}
