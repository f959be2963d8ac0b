namespace Conway.Artifacts;

/// <summary>Why generated lines are as they are: every rule, for all targets.</summary>
public static class ArtifactRules
{
    public static readonly ArtifactRule Head = new("file/head", "The seal tells an edit by hand from a file that is only older than the model.");
    public static readonly ArtifactRule KeepRegion = new("file/keep", "What you write between these two lines stays when the file is generated again.");
    public static readonly ArtifactRule Declared = new("model/declared", "The model says so.");
    public static readonly ArtifactRule Contract = new("service/environment", "Each service finds the same variables here as on a developer's machine.");

    public static readonly ArtifactRule ImageBase = new("image/base", "The base image is an argument with a fixed tag, so that a pipeline can pin it by digest.", "DL3006", "DL3007", "CKV_DOCKER_7");
    public static readonly ArtifactRule ImageRestoreFirst = new("image/restore-first", "Packages are restored before the source is copied, so that a change of the source does not fetch them again.");
    public static readonly ArtifactRule ImageBuild = new("image/build", "The image is built from source by the same command as on a developer's machine.");
    public static readonly ArtifactRule ImageStages = new("image/stages", "Compilers and sources stay in the stage that builds; only what runs is shipped.", "DL3022", "DL3024");
    public static readonly ArtifactRule ImageUser = new("image/user", "A numeric user that is not root, above 10000 so that it is no user of the host.", "DL3002", "DL3066", "CKV_DOCKER_3", "CKV_DOCKER_8", "C-0013");
    public static readonly ArtifactRule ImageLabels = new("image/labels", "The labels of the Open Container Initiative tell what an image is and from which commit.", "DL3048", "DL3050", "DL3052");
    public static readonly ArtifactRule ImageEnvironment = new("image/environment", "The image starts alone with the defaults of the environment contract, and can run on a read-only disk.");
    public static readonly ArtifactRule ImagePort = new("image/port", "Every container listens on 8080, which needs no privilege.", "CKV_DOCKER_1", "C-0042");
    public static readonly ArtifactRule ImageState = new("image/state", "A volume that is new takes the owner of this folder, so that the user may write into it.");
    public static readonly ArtifactRule ImageHealth = new("image/health", "A container engine that has no probes of its own asks whether the service answers.", "DL3057", "CKV_DOCKER_2");
    public static readonly ArtifactRule ImageStart = new("image/start", "The program is started without a shell between, so that it receives SIGTERM itself.", "DL3025");
    public static readonly ArtifactRule ImageIgnore = new("image/ignore", "Only what this image is made of is sent to the builder: nothing else can leak into it or spoil its cache.");

    public static readonly ArtifactRule ComposeProject = new("compose/project", "The project has the system's name, so that two systems on one machine do not share containers.");
    public static readonly ArtifactRule ComposeImage = new("compose/image", "The same image is built here and pulled elsewhere.");
    public static readonly ArtifactRule ComposeHardened = new("compose/hardened", "The container may do here no more than in the cluster: no root, no capability, no write but into /tmp and its own stores.");
    public static readonly ArtifactRule ComposeNetwork = new("compose/network", "Each service has a network that only it and its declared callers join, so that no other can reach it.");
    public static readonly ArtifactRule ComposePort = new("compose/port", "What the gateway leads to is reachable from this machine alone, on a free port unless a variable says which.");
    public static readonly ArtifactRule ComposeOrder = new("compose/order", "A service starts after those that it cannot work without.");
    public static readonly ArtifactRule ComposeLimits = new("compose/limits", "One service cannot take the whole machine.");
    public static readonly ArtifactRule ComposeStop = new("compose/stop", "The service has its drain time to finish what is in flight.");
    public static readonly ArtifactRule ComposeState = new("compose/state", "A store that is a file outlives its container in a volume of its own.");
    public static readonly ArtifactRule ComposeSecret = new("compose/secret", "A secret or an address that the model does not hold comes from the environment of the command, and it says so when it is missing.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<ArtifactRule> All { get; } =
        [.. typeof(ArtifactRules).GetFields().Where(field => field.FieldType == typeof(ArtifactRule)).Select(field => (ArtifactRule)field.GetValue(null)!).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
}
