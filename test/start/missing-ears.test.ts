import { describe, expect, it } from 'vitest';
import { missingEars } from '../../start/missing-ears.ts';

describe('the start', () => {
  it.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['win32', 'arm64'],
  ])('says nothing of ears on %s %s', (platform, arch) => {
    expect(missingEars({ platform, arch })).toBeUndefined();
  });

  it('says in a line that typing works where nothing can be heard', () => {
    expect(missingEars({ platform: 'darwin', arch: 'x64' })).toMatch(
      /^onnxruntime has no build for darwin x64: .*typing works$/,
    );
  });
});
