'use client'

import { Area, AreaChart, CartesianGrid, DefaultZIndexes, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, usePlotArea, XAxis, YAxis, ZIndexLayer } from 'recharts'
import { chartColours } from '@/components/chart/colours'
import { outcomeLook } from '@/components/domain/outcome-look'
import { formatCount } from '@/lib/format/numbers'
import { clockTimeSeconds } from '@/lib/format/time'
import { drawnOutcomes, tickWord, type ChartPoint, type ChartShape } from './chart-shape'
import { rehearsedPaths, rehearsedText, type RehearsedPoint } from './rehearsed-shape'

const rehearsedColour = 'var(--text)'
const tick = { fill: chartColours.axis, fontSize: 11 }
const margin = { top: 4, right: 8, bottom: 0, left: -8 }
const axisWidthPx = 52

/** A gap lies over the areas: what they show there is not known, only what was read last. */
const gapZIndex = DefaultZIndexes.area + 1

type Row = { name: string; colour: string; value: string }

const Hint = ({ atMs, rows }: { atMs: number; rows: readonly Row[] }) => (
  <div className="rounded border border-line-2 bg-surface px-2.5 py-1.5 text-xs shadow">
    <p className="text-text-2">{clockTimeSeconds(atMs)}</p>
    {rows.map(({ name, colour, value }) => (
      <p key={name} className="flex items-center gap-1.5">
        <span aria-hidden className="size-2 rounded-sm" style={{ background: colour }} />
        <strong className="font-semibold">{value}</strong> {name}
      </p>
    ))}
  </div>
)

type HintProps = { active?: boolean; payload?: readonly { payload?: ChartPoint }[] }

const pointOf = ({ active, payload }: HintProps): ChartPoint | null => (active ? (payload?.[0]?.payload ?? null) : null)

const NodesHint = ({ rehearsed, ...props }: HintProps & { rehearsed: readonly RehearsedPoint[] | null }) => {
  const point = pointOf(props)
  if (point === null) return null
  const rows: Row[] = [...drawnOutcomes, 'toGo' as const]
    .filter((outcome) => point[outcome] > 0)
    .map((outcome) => ({ name: outcomeLook[outcome].word, colour: outcomeLook[outcome].colour, value: formatCount(point[outcome]) }))
  if (rehearsed !== null) rows.push({ name: 'rehearsed as moved', colour: rehearsedColour, value: rehearsedText(rehearsed, point.atMs) })
  return <Hint atMs={point.atMs} rows={rows} />
}

const PodsHint = (props: HintProps) => {
  const point = pointOf(props)
  if (point === null) return null
  return <Hint atMs={point.atMs} rows={[{ name: 'pods left', colour: chartColours.accent, value: point.podsLeft === null ? 'not said:' : formatCount(point.podsLeft) }]} />
}

const frameOf = (shape: ChartShape, top: number) => [
  <CartesianGrid key="grid" stroke={chartColours.grid} vertical={false} />,
  <XAxis
    key="x"
    dataKey="atMs"
    type="number"
    scale="time"
    domain={[shape.fromMs, shape.untilMs]}
    ticks={shape.ticks}
    tickFormatter={(atMs: number) => tickWord(atMs, shape.untilMs - shape.fromMs)}
    tick={tick}
    stroke={chartColours.grid}
    tickLine={false}
    height={22}
    interval="preserveStartEnd"
  />,
  <YAxis key="y" domain={[0, top]} ticks={[...new Set([0, Math.round(top / 2), top])]} width={axisWidthPx} tick={tick} axisLine={false} tickLine={false} tickFormatter={formatCount} />,
  ...shape.gaps.map(({ fromMs, untilMs }) => <ReferenceArea key={fromMs} x1={fromMs} x2={untilMs} zIndex={gapZIndex} fill="var(--untouched-soft)" stroke="var(--line-2)" strokeDasharray="3 3" />),
]

type TimeChartProps = { shape: ChartShape; cursorMs: number | null }

const cursorAt = (cursorMs: number | null) => (cursorMs === null ? null : <ReferenceLine x={cursorMs} stroke={chartColours.accent} strokeWidth={1.5} />)

/** What was rehearsed, above what happened: quiet, and in nobody's way. Both axes are linear over the whole plot. */
const RehearsedLine = ({ points, shape: { fromMs, untilMs, total } }: { points: readonly RehearsedPoint[]; shape: ChartShape }) => {
  const plot = usePlotArea()
  if (plot === undefined) return null
  const x = (atMs: number) => plot.x + ((atMs - fromMs) / (untilMs - fromMs)) * plot.width
  const y = (nodes: number) => plot.y + (1 - nodes / Math.max(1, total)) * plot.height
  const { median, band } = rehearsedPaths(points, untilMs, x, y)
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line}>
      <g aria-hidden pointerEvents="none">
        <path d={band} fill="var(--text)" fillOpacity={0.14} />
        <path d={median} fill="none" stroke="var(--surface)" strokeWidth={4} strokeOpacity={0.8} />
        <path d={median} fill="none" stroke={rehearsedColour} strokeWidth={1.5} strokeDasharray="5 3" />
      </g>
    </ZIndexLayer>
  )
}

const movingFill = 'slipway-moving'

/** Nodes by outcome over time, as steps: a state holds until the next reading says otherwise. */
export const NodesOverTime = ({ shape, cursorMs, rehearsed }: TimeChartProps & { rehearsed: readonly RehearsedPoint[] | null }) => (
  <ResponsiveContainer width="100%" height="100%">
    <AreaChart data={shape.points} margin={margin} accessibilityLayer>
      <defs>
        <pattern id={movingFill} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="8" height="8" fill="var(--moving)" opacity="0.55" />
          <rect width="4" height="8" fill="var(--moving)" />
        </pattern>
      </defs>
      {frameOf(shape, shape.total)}
      <Tooltip content={<NodesHint rehearsed={rehearsed} />} isAnimationActive={false} />
      {drawnOutcomes.map((outcome) => (
        <Area
          key={outcome}
          dataKey={outcome}
          stackId="nodes"
          type="stepAfter"
          stroke="none"
          fill={outcome === 'moving' ? `url(#${movingFill})` : outcomeLook[outcome].colour}
          fillOpacity={1}
          isAnimationActive={false}
        />
      ))}
      {rehearsed === null ? null : <RehearsedLine points={rehearsed} shape={shape} />}
      {cursorAt(cursorMs)}
    </AreaChart>
  </ResponsiveContainer>
)

/** Pods left on old nodes. A break in the line: a node gave no number. */
export const PodsOverTime = ({ shape, cursorMs }: TimeChartProps) => (
  <ResponsiveContainer width="100%" height="100%">
    <AreaChart data={shape.points} margin={margin} accessibilityLayer>
      {frameOf(shape, Math.max(1, shape.mostPods))}
      <Tooltip content={<PodsHint />} isAnimationActive={false} />
      <Area dataKey="podsLeft" type="stepAfter" stroke={chartColours.accent} strokeWidth={1.5} fill={chartColours.accentSoft} fillOpacity={1} isAnimationActive={false} connectNulls={false} />
      {cursorAt(cursorMs)}
    </AreaChart>
  </ResponsiveContainer>
)
