import { count, event, type Family } from './family.ts';

const TIMESTEPS = /\btotal_timesteps\s*\|\s*(\d{1,15})\b/;

/** Stable-Baselines3's table of a rollout (`HumanOutputFormat` in stable_baselines3/common/logger.py): `total_timesteps`. */
export const stableBaselines: Family = {
  id: 'stable-baselines3',
  hint: /total_timesteps/,
  parse(text) {
    const match = TIMESTEPS.exec(text);
    return match && event('stable-baselines3', { step: count(match[1]), stepsOf: 'run', bar: 'timesteps' });
  },
};
