// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {CallingToken} from "../../contracts/test/CallingToken.sol";
import {Market} from "./Market.sol";

/// @notice A market whose payment token, before it moves anything, lets somebody do something else in the same market.
contract ReentrantMarket is Market {
    uint256 private constant KINDS = 13;

    CallingToken private immutable _calling;
    bytes private _armed;

    constructor(CallingToken token) Market(token) {
        _calling = token;
        _declare("interrupted");
        _declare("interruption refused");
    }

    /// @notice Does something, and something else in the middle of the first transfer of that.
    function interrupt(uint256 outer, uint256 inner, uint256 a, uint256 b, uint256 c) public {
        // More often than others: what counts money by what there is, while some is on its way.
        _armed = inner % 4 == 0 ? abi.encodeCall(this.accrue, ()) : _operation(inner % KINDS, a, b, c);
        _calling.beforeTransfer(address(this), abi.encodeCall(this.interruption, ()));
        bytes memory call_ =
            outer % 4 == 0 ? abi.encodeCall(this.claimShares, (a, b)) : _operation(outer % KINDS, b, c, a);
        (bool success,) = address(this).call(call_);
        require(success, "the interrupted operation failed");
        delete _armed;
        _done();
    }

    /// @notice For the token alone.
    function interruption() external {
        if (msg.sender != address(_calling) || _armed.length == 0) return;
        bytes memory call_ = _armed;
        // Once, or a market without guards would never come to an end.
        delete _armed;
        (bool success,) = address(this).call(call_);
        _done();
        _done(success ? bytes32("interrupted") : bytes32("interruption refused"));
    }

    /// @notice As anybody may.
    function accrue() public thrifty {
        shares.accrue();
        _done();
    }

    function _operation(uint256 kind, uint256 a, uint256 b, uint256 c) private view returns (bytes memory) {
        if (kind == 0) return abi.encodeCall(this.buy, (a, b, c));
        if (kind == 1) return abi.encodeCall(this.buyAndOpen, (a, b, c));
        if (kind == 2) return abi.encodeCall(this.purchase, (a, b, c, c));
        if (kind == 3) return abi.encodeCall(this.open, (a, b, c));
        if (kind == 4) return abi.encodeCall(this.topUp, (a, b, c));
        if (kind == 5) return abi.encodeCall(this.settle, (a, c, b));
        if (kind == 6) return abi.encodeCall(this.release, (a));
        if (kind == 7) return abi.encodeCall(this.close, (a, 0));
        if (kind == 8) return abi.encodeCall(this.redeem, (a, b, c));
        if (kind == 9) return abi.encodeCall(this.claim, (a, b));
        if (kind == 10) return abi.encodeCall(this.transferShares, (a, b, c));
        if (kind == 11) return abi.encodeCall(this.claimShares, (a, b));
        return abi.encodeCall(this.accrue, ());
    }
}
