using System.ComponentModel.DataAnnotations;

namespace Outfitter.Entities;

/// <summary>What every row has. The times and the version are set when it is saved.</summary>
public abstract class EntityBase
{
    public int Id { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>Grows with each change; a save on top of somebody else's change fails.</summary>
    [ConcurrencyCheck]
    public int Version { get; set; } = 1;
}

/// <summary>Changes of such rows are written into the audit.</summary>
public interface IAudited
{
    /// <summary>What people call the row.</summary>
    string AuditKey { get; }
}
