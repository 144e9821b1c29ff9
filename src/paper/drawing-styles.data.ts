/** How shapes of one class of our charts look on paper; the same as in src/ui/styles/charts.css. */
export type DrawingStyle = {
  readonly fill?: string
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly dash?: readonly number[]
  readonly opacity?: number
  readonly fontSize?: number
  readonly isBold?: boolean
}

const [ink, second, navy, orange, slate, line, rule] = [
  '#212b32',
  '#4c6272',
  '#003d78',
  '#b25a00',
  '#768692',
  '#d8dde0',
  '#aeb7bd',
] as const

/** Later ones win, as in a style sheet. */
export const drawingStyles: readonly (readonly [className: string, style: DrawingStyle])[] = [
  ['kw-axis', { fill: second, fontSize: 14 }],
  ['kw-grid', { stroke: line, strokeWidth: 1 }],
  ['kw-grid--link', { stroke: rule }],
  ['kw-limit', { stroke: ink, dash: [4, 3], strokeWidth: 1 }],
  ['kw-limit--outer', { dash: [1, 4], strokeWidth: 2 }],
  ['kw-index', { stroke: ink, strokeWidth: 2 }],
  ['kw-index--average', { strokeWidth: 1.5 }],
  ['kw-index__words', { isBold: true }],
  ['kw-line', { fill: 'none', strokeWidth: 3 }],
  ['kw-line--helped', { stroke: navy }],
  ['kw-line--matched', { stroke: orange, dash: [7, 5] }],
  ['kw-line--thin', { stroke: slate, strokeWidth: 1.5 }],
  ['kw-line--interval', { dash: [], strokeWidth: 1.5 }],
  ['kw-mark--helped', { fill: navy }],
  ['kw-mark--after', { fill: navy }],
  ['kw-mark--matched', { fill: '#ffffff', stroke: orange, strokeWidth: 2 }],
  ['kw-mark--before', { fill: '#ffffff', stroke: orange, strokeWidth: 2 }],
  ['kw-mark--plain', { fill: '#ffffff', stroke: second, strokeWidth: 2 }],
  ['kw-mark--worse', { fill: orange }],
  ['kw-draw', { fill: navy, opacity: 0.35 }],
  ['kw-alike', { fill: '#e3eaf1' }],
  ['kw-bar', { stroke: ink, strokeWidth: 1.5 }],
  ['kw-bar--still', { fill: '#ffffff' }],
  ['kw-bar--expected', { fill: 'hatch' }],
  ['kw-bar--service', { fill: navy, stroke: navy }],
  ['kw-bar--more', { fill: '#ffffff', stroke: orange, dash: [5, 3], strokeWidth: 3 }],
  ['kw-bar__plate', { fill: '#ffffff' }],
  ['kw-bracket', { stroke: navy, strokeWidth: 2.5 }],
  ['kw-bracket__words', { fill: navy, isBold: true }],
  ['kw-dot', { fill: '#ffffff', stroke: second, strokeWidth: 1.5 }],
  ['kw-dot--filled', { fill: navy, stroke: navy }],
]

/** Words in something of one class. */
export const wordStyles: readonly (readonly [className: string, style: DrawingStyle])[] = [
  ['kw-bar__label', { fontSize: 16, isBold: true }],
  ['kw-bar__label--service', { fill: '#ffffff' }],
]

/** What hatching is drawn with. */
export const hatch = { paper: '#e3e7ea', line: slate } as const
