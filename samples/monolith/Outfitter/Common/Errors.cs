namespace Outfitter.Common;

/// <summary>Something a caller did or asked for that cannot be; it becomes problem details, not a fault.</summary>
public abstract class ShopException(string message) : Exception(message)
{
    public abstract int StatusCode { get; }

    public abstract string Title { get; }
}

public sealed class NotFoundException(string what, object key) : ShopException($"There is no {what} '{key}'.")
{
    public override int StatusCode => StatusCodes.Status404NotFound;

    public override string Title => "Not found";
}

/// <summary>It could have been, but somebody was quicker or it is too late.</summary>
public sealed class ConflictException(string message) : ShopException(message)
{
    public override int StatusCode => StatusCodes.Status409Conflict;

    public override string Title => "Conflict";
}

/// <summary>The caller's change was made on a version that is not the present one.</summary>
public sealed class StaleException(int wanted, int present) : ShopException($"You changed version {wanted}, but version {present} is there now. Read it again, and repeat your change.")
{
    public override int StatusCode => StatusCodes.Status412PreconditionFailed;

    public override string Title => "Changed meanwhile";
}

/// <summary>The request is well formed, but a rule of the business forbids it.</summary>
public sealed class RuleException(string message) : ShopException(message)
{
    public override int StatusCode => StatusCodes.Status422UnprocessableEntity;

    public override string Title => "Not allowed";
}
