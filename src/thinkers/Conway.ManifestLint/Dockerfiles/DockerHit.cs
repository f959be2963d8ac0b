using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>One place of a Dockerfile where a rule is broken.</summary>
/// <param name="By">The instruction; null when it is the file itself.</param>
/// <param name="At">Where to look.</param>
/// <param name="Says">What is wrong there, as a sentence without its full stop.</param>
/// <param name="Detail">Tells it from others of the same rule, in words that stay.</param>
internal sealed record DockerHit(Instruction? By, SourceSpan At, string Says, string Detail = "");
