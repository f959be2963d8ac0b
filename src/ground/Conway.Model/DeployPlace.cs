namespace Conway.Model;

/// <summary>Where a system is deployed to.</summary>
public sealed record DeployPlace
{
    [Matches(ImageName.Registry, "a registry with the path in it, such as ghcr.io/acme"), About("Registry that holds the images of the services, with the path in it.", Example = "ghcr.io/acme", Unset = "needed by generate for services without image")]
    public string? Registry { get; init; }

    [Matches(ImageName.Version, "a tag: letters, digits, '.', '_' and '-'"), About("Version that is deployed; the tag of the images.", Example = "1.4.2", Unset = "needed by generate for services without image")]
    public string? Version { get; init; }
}
