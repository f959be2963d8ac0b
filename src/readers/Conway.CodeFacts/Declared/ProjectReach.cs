using System.Collections;
using System.Collections.Immutable;

namespace Conway.CodeFacts.Declared;

/// <summary>Which projects a project sees through its references, directly or through others.</summary>
internal sealed class ProjectReach
{
    private readonly BitArray[] _seen;

    public ProjectReach(ImmutableArray<CodeProject> projects)
    {
        _seen = new BitArray[projects.Length];
        foreach (var project in projects)
        {
            var seen = new BitArray(projects.Length);
            var left = new Stack<int>(project.References);
            while (left.TryPop(out var next))
            {
                if (!seen[next])
                {
                    seen[next] = true;
                    foreach (var further in projects[next].References)
                    {
                        left.Push(further);
                    }
                }
            }

            _seen[project.Id] = seen;
        }
    }

    public bool Sees(int from, int to) => from == to || _seen[from][to];
}
