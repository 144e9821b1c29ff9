/** Kit of the demonstration. Its serials and its product say that they are made up. */
export const product = 'SYNTHETIC Oxygen Watch'

export const kit = {
  scales: { kind: 'weighing scales', maker: 'Nobody Ltd', serial: 'SYN-SC-0001' },
  oximeter: { kind: 'pulse oximeter', maker: 'Nobody Ltd', serial: 'SYN-OX-0002' },
  spare: { kind: 'pulse oximeter', maker: 'Nobody Ltd', serial: 'SYN-OX-0003' },
} as const

/** What the product sent: one before the oximeter passed to somebody else, one of kit that nobody has been lent. */
export const sent = [
  { serial: kit.oximeter.serial, daysAgo: 2, time: '22:20', words: 'Oxygen under the limit for 10 minutes' },
  { serial: kit.spare.serial, daysAgo: 1, time: '11:05', words: 'Oxygen under the limit for 12 minutes' },
] as const
