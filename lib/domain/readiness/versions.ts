/**
 * The oldest minor version of Kubernetes that AKS may still support. Source: AKS, Supported Kubernetes
 * versions, edition of 30 October 2024: its calendar begins with 1.28, and the long-term support of 1.27
 * ended in July 2025. Newer editions can only move this up, so an older version is certainly unsupported;
 * nothing is claimed about a version that is not.
 */
const oldestSupported = { major: 1, minor: 28 }

/** True for versions that AKS certainly no longer supports; a text that is no version is not one of them. */
export const isVersionUnsupported = (version: string): boolean => {
  const parts = /^v?(\d+)\.(\d+)/.exec(version)
  if (parts === null) return false
  const [major, minor] = [Number(parts[1]), Number(parts[2])]
  return major < oldestSupported.major || (major === oldestSupported.major && minor < oldestSupported.minor)
}
