using Conway.Artifacts.GitOps;
using Conway.Artifacts.Plans;
using static Conway.Artifacts.Pipelines.ScriptText;

namespace Conway.Artifacts.Pipelines;

/// <summary>The steps of a release as a script of POSIX <c>sh</c>.</summary>
/// <remarks><c>set -e</c> does not hold in a function that is asked for its result: such functions end by themselves with what failed.</remarks>
internal static class ReleaseScript
{
    private const string Cosign = "ghcr.io/sigstore/cosign/cosign:v2.4.1";
    private const string Trivy = "docker.io/aquasec/trivy:0.58.1";
    private const string Commit = "release.conway.dev/commit";

    public static IReadOnlyList<ArtifactLine> Write(PipelinePlan plan)
    {
        var text = new ScriptText(plan).Add(ArtifactRules.PipelineStep, """
            # The steps from a commit to this environment. Each can be run by hand: sh release.sh STEP
            set -eu
            cd "$(dirname "$0")/.."
            out=$(pwd)
            """);
        var facts = plan.System.Facts;
        text.Add(ArtifactRules.PipelineStep, $"system={Word(facts.System.Length == 0 ? facts.Context : $"{facts.Context}/{facts.System}")}");
        if (plan.Images.Count > 0)
        {
            text.Add(ArtifactRules.PipelineStep, $"context={Word(facts.Context)}", "services")
                .Add(ArtifactRules.PipelineBuiltOnce, $"version={Word(plan.System.Model.Deploy.Version ?? "")}", "deploy.version");
        }

        if (plan.Deploys)
        {
            text.Add(ArtifactRules.PipelineStep, $"namespace={Word(plan.Namespace)}", "deploy.namespace");
        }

        text.KeepRegion("settings").Block(ArtifactRules.PipelineStep, """
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            trap 'exit 130' INT
            trap 'exit 143' TERM

            say() { printf '%s\n' "$*" >&2; }
            """);
        Check(plan, text);
        text.Block(ArtifactRules.PipelineOrder, $$"""
            test_system() (
              cd "$system"
              sh -c {{Word(plan.Test)}}
            )
            """, "deploy.pipeline.test");
        Images(plan, text);
        Deploy(plan, text);
        Steps(plan, text);
        return text.Lines;
    }

    private static void Check(PipelinePlan plan, ScriptText text)
    {
        if (plan.Place.Conway is not null)
        {
            var what = $"all{(plan.Source.Form == "kubernetes" ? "" : $" {plan.Source.Form}")}{(plan.System.Environment is { } environment ? $" -e {environment}" : "")}";
            text.Block(ArtifactRules.PipelineOrder, $$"""
                # With a commit, also what is different from there.
                check() (
                  cd "$system"
                  conway check
                  conway generate {{what}} --out "$out" --check
                  if [ -n "${1:-}" ]; then conway review "$1...HEAD"; fi
                )
                """, "deploy.pipeline.conway");
        }
    }

    private static void Images(PipelinePlan plan, ScriptText text)
    {
        if (plan.Images.Count == 0)
        {
            return;
        }

        var registry = (plan.System.Model.Deploy.Registry ?? "").Split('/')[0];
        text.Block(ArtifactRules.PipelineSecret, $$"""
            login() {
              mkdir -p "${DOCKER_CONFIG:-$HOME/.docker}"
              if [ -n "${REGISTRY_PASSWORD:-}" ]; then
                printf '%s' "$REGISTRY_PASSWORD" | docker login --username "$REGISTRY_USER" --password-stdin {{Word(registry)}} >/dev/null
              fi
            }
            """, "deploy.registry");
        text.Block(ArtifactRules.PipelineStep, """
            # A tool of this machine, else its container, which may read who pushes.
            tool() {
              container=$1
              shift
              if command -v "$1" >/dev/null 2>&1; then
                "$@"
              else
                shift
                docker run --rm --user "$(id -u):$(id -g)" --volume "${DOCKER_CONFIG:-$HOME/.docker}:/docker:ro" \
                  --env DOCKER_CONFIG=/docker --env HOME=/tmp --env COSIGN_PRIVATE_KEY --env COSIGN_PASSWORD \
                  --env ACTIONS_ID_TOKEN_REQUEST_TOKEN --env ACTIONS_ID_TOKEN_REQUEST_URL --env SIGSTORE_ID_TOKEN \
                  "$container" "$@"
              fi
            }
            """);
        text.Add(ArtifactRules.PipelineStep, """
            image() {
              case $1 in
            """, "services");
        foreach (var service in plan.Images)
        {
            text.Add(ArtifactRules.PipelineStep, $"    {service.Label}) name={Word(ImageReference.Of(service.Image).Name)} ;;", service.Path);
        }

        text.Add(ArtifactRules.PipelineStep, """
                *) say "there is no image '$1'"; exit 64 ;;
              esac
            """, "services");
        text.Add(ArtifactRules.PipelineBuiltOnce, """
              if said=$(docker buildx imagetools inspect "$name:$version" 2>&1); then
                say "$name:$version is there already; a new one needs another deploy.version"
                return
              fi
              case $said in
                *'not found'* | *'manifest unknown'* | *'name unknown'*) ;;
                *) say "$said"; exit 1 ;;
              esac
            """, "deploy.version");
        text.Add(ArtifactRules.PipelineTaggedLast, """
              revision=$(git rev-parse HEAD)
              created=$(git log -1 --format=%cI)
              SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
              export SOURCE_DATE_EPOCH
              docker buildx inspect conway >/dev/null 2>&1 || docker buildx create --name conway --driver docker-container >/dev/null || docker buildx inspect conway >/dev/null
              docker buildx build --builder conway --file "containers/$1/Dockerfile" \
                --build-arg "VERSION=$version" --build-arg "REVISION=$revision" --build-arg "CREATED=$created" \
                --provenance mode=max --sbom true --metadata-file "$work/built" \
                --output "type=image,name=$name,push-by-digest=true,name-canonical=true,push=true" "$context"
              digest=$(sed -n 's/.*"containerimage.digest": *"\(sha256:[0-9a-f]*\)".*/\1/p' "$work/built" | head -n 1)
              if [ -z "$digest" ]; then say "the build of '$1' named no digest"; exit 1; fi
            """);
        text.Add(ArtifactRules.PipelineTaggedLast, $$"""
              tool "${TRIVY_IMAGE:-{{Trivy}}}" trivy image --quiet --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed "$name@$digest"
              if [ -n "${COSIGN_PRIVATE_KEY:-}" ]; then set -- "$1" --key env://COSIGN_PRIVATE_KEY; fi
              shift
              tool "${COSIGN_IMAGE:-{{Cosign}}}" cosign sign --yes "$@" "$name@$digest"
              docker buildx imagetools create --tag "$name:$version" "$name@$digest"
            }

            """);
    }

    private static void Deploy(PipelinePlan plan, ScriptText text)
    {
        if (!plan.Deploys)
        {
            return;
        }

        text.Add(ArtifactRules.PipelineBack, """
            # What lies in this folder.
            apply() {
            """, "deploy.gitops.form");
        var parts = GitOpsPlan.PartsOf(plan.System, plan.Namespace, ".").ToArray();
        for (var i = 0; i < parts.Length; i++)
        {
            text.Add(ArtifactRules.PipelineBack, $"  {Apply(plan, parts[i])}{(i < parts.Length - 1 ? " &&" : "")}", "deploy.gitops.form");
        }

        text.Block(ArtifactRules.PipelineBack, $$"""
            }

            # Everything that runs is new and ready.
            settled() {
              all=$(kubectl get deployments,statefulsets,daemonsets --namespace "$namespace" --selector app.kubernetes.io/managed-by=conway --output name) || return
              for one in $all; do
                kubectl rollout status --namespace "$namespace" --timeout 10m "$one" || return
              done
            }

            deploy() {
              commit=$(git rev-parse HEAD)
              last=$(kubectl get namespace "$namespace" --ignore-not-found --output 'jsonpath={.metadata.annotations.{{Commit.Replace(".", "\\.", StringComparison.Ordinal)}}}')
              if apply && settled; then
                kubectl annotate namespace "$namespace" --overwrite "{{Commit}}=$commit"
                return
              fi
              if [ -z "$last" ]; then
                say "$commit did not come up, and nothing ran here before that could be gone back to"
                exit 1
              fi
              folder=$(git rev-parse --show-prefix)
              git worktree add --quiet --detach "$work/last" "$last"
              if (cd "$work/last/$folder" && apply && settled); then
                say "$commit did not come up; $last runs again"
              else
                say "$commit did not come up, and neither did $last when it was gone back to"
              fi
              git worktree remove --force "$work/last"
              exit 1
            }
            """);
    }

    private static string Apply(PipelinePlan plan, GitOpsPart part)
    {
        var folder = Word(part.Folder[2..]);
        return part.IsChart
            ? $"helm upgrade {Word(ObjectNames.Label(plan.System.Model.System))} {folder} --install --namespace \"$namespace\" --create-namespace --take-ownership --rollback-on-failure --wait --timeout 10m"
            : $"kubectl apply --server-side --force-conflicts --field-manager conway {(part.Folder.StartsWith("./kustomize/", StringComparison.Ordinal) ? "--kustomize" : "--filename")} {folder}";
    }

    private static void Steps(PipelinePlan plan, ScriptText text)
    {
        var steps = new List<(string Name, string Usage, string Does)> { ("test", "test", "test_system") };
        if (plan.Place.Conway is not null)
        {
            steps.Insert(0, ("check", "check [COMMIT]", "shift; check \"$@\""));
        }

        if (plan.Images.Count > 0)
        {
            steps.Add(("image", "image SERVICE…", "shift; login; for one in \"$@\"; do image \"$one\"; done"));
        }

        if (plan.Deploys)
        {
            steps.Add(("deploy", "deploy", "deploy"));
        }

        text.Add(ArtifactRules.PipelineStep, $$"""
            case ${1:-} in
            {{string.Join('\n', steps.Select(step => $"  {step.Name}) {step.Does} ;;"))}}
              *) say "usage: sh release.sh {{string.Join(" | ", steps.Select(step => step.Usage))}}"; exit 64 ;;
            esac
            """);
    }
}
