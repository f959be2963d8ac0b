namespace Conway.Artifacts.Pipelines;

/// <summary>A declarative pipeline of Jenkins.</summary>
/// <remarks>https://www.jenkins.io/doc/book/pipeline/syntax. Nothing of the model stands in a string of Groovy but labels, and none of these is one in which something is replaced.</remarks>
internal static class JenkinsPipeline
{
    public static IReadOnlyList<ArtifactLine> Write(PipelinePlan plan)
    {
        var text = new ScriptText(plan)
            .Add(ArtifactRules.PipelineRunner, $$"""
                pipeline {
                  agent {{Agent(plan)}}
                """, "deploy.pipeline.runner")
            .Block(ArtifactRules.PipelineAlone, """
                  options {
                    disableConcurrentBuilds()
                    timeout(time: 3, unit: 'HOURS')
                    buildDiscarder(logRotator(numToKeepStr: '50'))
                  }
                """)
            .Add(ArtifactRules.PipelineOrder, "  stages {");
        if (plan.Place.Conway is { } conway)
        {
            Stage(text, plan, "check", "check \"${CHANGE_TARGET:+origin/$CHANGE_TARGET}\"", "deploy.pipeline.conway", $"      agent {{ docker {{ image {Text(conway)}; reuseNode true }} }}");
        }

        Stage(text, plan, "test", "test", "deploy.pipeline.test", plan.Place.TestImage is { } image ? $"      agent {{ docker {{ image {Text(image)}; reuseNode true }} }}" : null);
        if (plan.Images.Count > 0)
        {
            text.Add(ArtifactRules.PipelineBranch, $$"""
                    stage('image') {
                      when { branch {{Text(plan.Source.Branch)}} }
                """, "deploy.gitops.branch").Add(ArtifactRules.PipelineSecret, """
                      environment {
                        REGISTRY = credentials('registry')
                        REGISTRY_USER = "${REGISTRY_USR}"
                        REGISTRY_PASSWORD = "${REGISTRY_PSW}"
                        COSIGN_PRIVATE_KEY = credentials('cosign-key')
                        COSIGN_PASSWORD = credentials('cosign-password')
                        DOCKER_CONFIG = "${WORKSPACE_TMP}/docker"
                      }
                      parallel {
                """);
            foreach (var group in plan.Groups)
            {
                text.Add(ArtifactRules.PipelineBuiltOnce, $"        stage({Text(group)}) {{ steps {{ sh {Text($"sh {ScriptText.Word(plan.Script)} image {group}")} }} }}", "services");
            }

            text.Add(ArtifactRules.PipelineOrder, """
                      }
                    }
                """);
        }

        if (plan.Deploys)
        {
            Stage(text, plan, "deploy", "deploy", "deploy.gitops.branch", $"      when {{ branch {Text(plan.Source.Branch)} }}", $"      environment {{ KUBECONFIG = credentials({Text(plan.System.Environment is { } environment ? $"kubeconfig-{environment}" : "kubeconfig")}) }}");
        }

        return text.Add(ArtifactRules.PipelineOrder, """
              }
            }
            """).Lines;
    }

    private static string Agent(PipelinePlan plan) => plan.Place.Runner is { } runner ? $"{{ label {Text(runner)} }}" : "any";

    private static void Stage(ScriptText text, PipelinePlan plan, string name, string step, string part, params string?[] more)
    {
        text.Add(ArtifactRules.PipelineOrder, $"    stage({Text(name)}) {{", part);
        foreach (var line in more.OfType<string>())
        {
            text.Add(line.Contains("credentials", StringComparison.Ordinal) ? ArtifactRules.PipelineSecret : line.Contains("branch", StringComparison.Ordinal) ? ArtifactRules.PipelineBranch : ArtifactRules.PipelineRunner, line, part);
        }

        text.Add(ArtifactRules.PipelineStep, $$"""
                  steps { sh {{Text($"sh {ScriptText.Word(plan.Script)} {step}")}} }
                }
            """, part);
    }

    /// <summary>Text between single quotes, in which Groovy replaces nothing.</summary>
    private static string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
