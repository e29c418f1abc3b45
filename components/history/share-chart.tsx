'use client'

import { Area, AreaChart, CartesianGrid, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { chartColours } from '@/components/chart/colours'
import { formatCount } from '@/lib/format/numbers'
import { dayAndClock } from '@/lib/format/time'
import { percentWord, type ShareRow, type ShareShape } from './share-shape'

const tick = { fill: chartColours.axis, fontSize: 11 }
const margin = { top: 6, right: 12, bottom: 0, left: -8 }
const axisWidthPx = 52
/** More dots than this run into each other. */
const mostDots = 60

type HintProps = { nowMs: number; active?: boolean; payload?: readonly { payload?: ShareRow }[] }

const Hint = ({ nowMs, active, payload }: HintProps) => {
  const row = active ? payload?.[0]?.payload : undefined
  if (!row?.point) return null
  const { managed, unmanaged, system } = row.point
  return (
    <div className="rounded border border-line-2 bg-surface px-2.5 py-1.5 text-xs shadow">
      <p className="text-text-2">{dayAndClock(row.atMs, nowMs)}</p>
      <p>
        <strong className="font-semibold">{percentWord(row.percent)}</strong> managed: {formatCount(managed)} of {formatCount(managed + unmanaged)} nodes
      </p>
      <p className="text-text-2">{formatCount(system)} in system pools</p>
    </div>
  )
}

type DotProps = { cx?: number; cy?: number; index?: number; payload?: ShareRow }

/** A count as a dot: each of a few, and of many those that stand alone. */
const dotOf = (rows: readonly ShareRow[]) => {
  const areFew = rows.length <= mostDots
  const Dot = ({ cx, cy, index, payload }: DotProps) =>
    payload?.point && cx !== undefined && cy !== undefined && (areFew || payload.isLone) ? <circle key={index} cx={cx} cy={cy} r={2.5} fill={chartColours.accent} /> : <g key={index} />
  return Dot
}

/** The managed share in steps: a count holds until the next one, and no longer than it was known to. */
export const ShareChart = ({ shape, nowMs }: { shape: ShareShape; nowMs: number }) => (
  <ResponsiveContainer width="100%" height="100%">
    <AreaChart data={shape.rows} margin={margin} accessibilityLayer>
      <CartesianGrid stroke={chartColours.grid} vertical={false} />
      <XAxis
        dataKey="atMs"
        type="number"
        scale="time"
        domain={[shape.fromMs, shape.untilMs]}
        ticks={shape.ticks}
        tickFormatter={(atMs: number) => dayAndClock(atMs, nowMs)}
        tick={tick}
        stroke={chartColours.grid}
        tickLine={false}
        height={22}
        interval="preserveStartEnd"
      />
      <YAxis domain={[0, 100]} ticks={[0, 50, 100]} width={axisWidthPx} tick={tick} axisLine={false} tickLine={false} tickFormatter={(percent: number) => `${percent} %`} />
      {shape.gaps.map(({ fromMs, untilMs }) => (
        <ReferenceArea key={fromMs} x1={fromMs} x2={untilMs} fill="var(--untouched-soft)" stroke="var(--line-2)" strokeDasharray="3 3" />
      ))}
      <Tooltip content={<Hint nowMs={nowMs} />} isAnimationActive={false} />
      <Area
        dataKey="percent"
        type="stepAfter"
        stroke={chartColours.accent}
        strokeWidth={1.5}
        fill={chartColours.accentSoft}
        fillOpacity={1}
        dot={dotOf(shape.rows)}
        isAnimationActive={false}
        connectNulls={false}
      />
    </AreaChart>
  </ResponsiveContainer>
)
