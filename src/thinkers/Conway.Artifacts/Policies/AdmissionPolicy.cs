using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Policies;

/// <summary>What is asked of objects of some kinds, whoever asks it.</summary>
/// <param name="Name">What it is of: <c>pods</c>.</param>
/// <param name="Asked">Kinds of what is refused when it is not of the model.</param>
/// <param name="Warned">Kinds of which whoever writes one is warned, because what they make would be refused.</param>
/// <param name="Changed">Whether an object is another than before, beside its specification; in CEL. Null when nothing else counts.</param>
/// <param name="Variables">Each may name those before it.</param>
internal sealed record AdmissionPolicy(string Name, IReadOnlyList<AdmissionKind> Asked, IReadOnlyList<AdmissionKind> Warned, string? Changed, IReadOnlyList<AdmissionVariable> Variables, IReadOnlyList<AdmissionRule> Rules);

/// <summary>Kinds of one API.</summary>
/// <param name="Group">Empty for the core.</param>
/// <param name="Version"><c>*</c> for every one.</param>
/// <param name="Resources">As the API calls them.</param>
/// <param name="Kinds">As Kyverno calls them; empty where a cluster may not know them.</param>
internal sealed record AdmissionKind(string Group, string Version, IReadOnlyList<string> Resources, IReadOnlyList<string> Kinds);

/// <summary>A name for an expression of CEL, which is one line or a literal of several.</summary>
internal sealed record AdmissionVariable(string Name, YamlNode Expression);

/// <summary>What must hold.</summary>
/// <param name="Expression">In CEL.</param>
/// <param name="Message">What is told when it does not: an API server asks for one where the expression has several lines.</param>
/// <param name="Telling">The same of this object, in CEL.</param>
internal sealed record AdmissionRule(string Expression, string Message, string Telling, Origin Origin);
