import { defineConfig } from 'vitest/config'

const shared = {
  globalSetup: ['test/set-up.ts'],
  testTimeout: 60_000,
  hookTimeout: 180_000,
}

// Beside what they test, and too long for every run.
const longOnes = '{src,test}/**/*.long.test.{ts,tsx}'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'short',
          include: ['src/**/*.test.{ts,tsx}', 'town/**/*.test.ts', 'test/*.test.ts', 'stories/*.test.ts'],
          exclude: [longOnes],
        },
      },
      {
        test: {
          ...shared,
          name: 'long',
          testTimeout: 1_200_000,
          hookTimeout: 600_000,
          include: ['test/long/**/*.test.ts', 'stories/long/**/*.test.ts', longOnes],
        },
      },
    ],
  },
})
