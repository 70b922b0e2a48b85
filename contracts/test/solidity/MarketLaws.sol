// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits, Offering} from "../../contracts/interfaces/ICredits.sol";
import {HandlerTest} from "./HandlerTest.sol";
import {Market} from "./Market.sol";
import {VM} from "./Vm.sol";

/// @notice What holds in a market at any time, counted from its own sources and from the market's books.
abstract contract MarketLaws is HandlerTest {
    Market internal _market;

    /// @dev Sold = outstanding + consumed + redeemed; outstanding = in wallets + unused in open sessions; consumed =
    /// used in sessions + consumed out of wallets.
    function _everyCreditIsInOnePlace() internal view {
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            bytes32 id = _market.idOf(which);
            (uint256 outstanding, uint256 consumed,,,) = _market.credits().offeringState(id);
            require(_market.sold(which) == outstanding + consumed + _market.redeemed(which), "credits sold");
            (uint256 unused, uint256 used) = _inSessions(which);
            require(outstanding == _inWallets(which) + unused, "outstanding");
            require(consumed == used + _market.exercised(which), "consumed");
        }
    }

    /// @dev Balance = value of outstanding credits + revenue not released + split not claimed + dust, to the 1e-9th
    /// of a base unit.
    function _everyBaseUnitIsInOnePlace() internal view {
        uint256 owed = _market.dust();
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            (uint256 outstanding, uint256 consumed, uint256 released,,) =
                _market.credits().offeringState(_market.idOf(which));
            owed += (outstanding + consumed) * o.pricePerMillion - released * 1e9;
            owed += (_market.credits().claimable(o, 0) + _market.credits().claimable(o, 1)) * 1e9;
        }
        require(_market.token().balanceOf(address(_market.credits())) * 1e9 == owed, "balance of credits");
    }

    /// @dev Released revenue = operator's + treasury's + holders' part, of which the shares received theirs.
    function _splitIsExact() internal view {
        uint256 holders = _market.gifts();
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            (,, uint256 released, uint256 operatorClaimed, uint256 treasuryClaimed) =
                _market.credits().offeringState(_market.idOf(which));
            uint256 elsewhere = operatorClaimed + treasuryClaimed + _market.credits().claimable(o, 0)
                + _market.credits().claimable(o, 1);
            holders += released - elsewhere;
        }
        require(_market.shares().lifetimeRevenue() == holders, "lifetime revenue");
    }

    /// @dev What holders can claim is what the shares hold, but for less than a base unit each.
    function _sharesOweWhatTheyHold() internal view {
        uint256 unclaimed = _market.shares().lifetimeRevenue() - _market.shares().claimedRevenue();
        require(_market.token().balanceOf(address(_market.shares())) == unclaimed, "balance of shares");
        uint256 claimable;
        uint256 supply;
        for (uint256 i; i < _market.PEOPLE(); ++i) {
            claimable += _market.shares().claimable(_market.people(i));
            supply += _market.shares().balanceOf(_market.people(i));
        }
        require(claimable <= unclaimed && unclaimed <= claimable + _market.PEOPLE(), "claimable");
        require(supply == _market.shares().totalSupply(), "supply");
    }

    /// @dev Everybody closes their sessions and redeems their credits, without anybody's consent.
    function _leave() internal {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            (uint256 cap,) = _useOf(sessions[i]);
            if (cap != 0) _requestClose(sessions[i]);
        }
        // The longest delay of the market's offerings.
        VM.warp(block.timestamp + 1 hours);
        for (uint256 i; i < sessions.length; ++i) {
            _close(sessions[i]);
        }
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            for (uint256 who; who < _market.PEOPLE(); ++who) {
                uint256 balance = _market.walletOf(who, which);
                if (balance != 0) _market.redeem(who, which, balance - 1);
            }
            (uint256 outstanding,,,,) = _market.credits().offeringState(_market.idOf(which));
            require(outstanding == 0, "credits stayed");
        }
    }

    /// @dev Selling ends with its date alone; settling, releasing and claiming never do.
    function _everythingGoesOn() internal {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            (uint256 cap, uint256 used) = _useOf(sessions[i]);
            if (used >= cap) continue;
            uint256 consumed = _market.credits().settle(
                _market.offering(sessions[i].offering), _market.rowFor(i, uint48(cap)), 0
            );
            require(consumed == cap - used, "settling stopped");
        }
        address buyer = _market.people(0);
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            _market.credits().release(o);
            for (uint8 role; role < 2; ++role) {
                uint256 due = _market.credits().claimable(o, role);
                require(_market.credits().claim(o, role) == due, "claiming stopped");
            }
            bytes memory purchase = abi.encodeCall(ICredits.buy, (o, 1, buyer));
            address credits = address(_market.credits());
            VM.prank(buyer);
            (bool bought,) = credits.call(purchase);
            require(bought == (block.timestamp <= o.sellUntil), "selling");
        }
        for (uint256 who; who < _market.PEOPLE(); ++who) {
            uint256 due = _market.shares().claimable(_market.people(who));
            require(_market.shares().claim(_market.people(who)) == due, "claiming revenue stopped");
        }
    }

    function _useOf(Market.Opened memory opened) internal view returns (uint256 cap, uint256 used) {
        (, cap, used,) = _market.credits().session(_market.idOf(opened.offering), opened.id);
    }

    function _requestClose(Market.Opened memory opened) private {
        (,,, uint64 closableAt) = _market.credits().session(_market.idOf(opened.offering), opened.id);
        if (closableAt != 0) return;
        Offering memory o = _market.offering(opened.offering);
        address signer = VM.addr(opened.key);
        ICredits credits = _market.credits();
        VM.prank(opened.owner);
        credits.requestClose(o, signer, opened.salt);
    }

    function _close(Market.Opened memory opened) private {
        (uint256 cap, uint256 used) = _useOf(opened);
        if (cap == 0) return;
        Offering memory o = _market.offering(opened.offering);
        address signer = VM.addr(opened.key);
        ICredits credits = _market.credits();
        VM.prank(opened.owner);
        uint256 amount = credits.close(o, signer, opened.salt, opened.owner, "");
        require(amount == (cap - used) * o.pricePerMillion / 1e9, "refund");
    }

    function _inWallets(uint256 which) private view returns (uint256 total) {
        for (uint256 who; who < _market.PEOPLE(); ++who) {
            total += _market.walletOf(who, which);
        }
    }

    function _inSessions(uint256 which) private view returns (uint256 unused, uint256 used) {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            if (sessions[i].offering != which) continue;
            (uint256 cap, uint256 spent) = _useOf(sessions[i]);
            used += spent;
            // A closed session keeps its use and has no cap.
            if (cap != 0) unused += cap - spent;
        }
    }
}
